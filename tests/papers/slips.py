"""Receipts and loan cards in every language that they are written in, with names from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.rows.loan_papers import CardCharge, LoanCardPaper
from app.rows.papers import Paper, ReceiptLine, ReceiptPaper
from app.texts import Language
from app.texts.labels import named
from app.texts.shipped import in_language
from tests.papers.letters import card, signed_receipt

# Language: borrower, her place, her group. Names with conjuncts, marks above and below.
PEOPLE = {
    "hi": ("कृष्णा त्रिपाठी", "रामपुर कलाँ, सीतापुर", "लक्ष्मी समूह"),
    "bn": ("শ্রীমতী কৃষ্ণা চক্রবর্তী", "দক্ষিণেশ্বর, উত্তর ২৪ পরগণা", "লক্ষ্মী গোষ্ঠী"),
    "ta": ("திருமதி லக்ஷ்மி ஸ்ரீனிவாசன்", "திருவண்ணாமலை, கீழ்பென்னாத்தூர்", "ஸ்ரீ அம்மன் குழு"),
    "te": ("శ్రీమతి కృష్ణవేణి", "విజయనగరం, చీపురుపల్లి", "శ్రీ లక్ష్మి సమూహం"),
    "kn": ("ಶ್ರೀಮತಿ ಕೃಷ್ಣಮ್ಮ ಹೆಗ್ಗಡೆ", "ಚಿಕ್ಕಬಳ್ಳಾಪುರ, ಶಿಡ್ಲಘಟ್ಟ", "ಶ್ರೀ ಲಕ್ಷ್ಮಿ ಗುಂಪು"),
    "ml": ("ശ്രീമതി കൃഷ്ണകുമാരി", "തിരുവനന്തപുരം, നെയ്യാറ്റിൻകര", "ശ്രീലക്ഷ്മി സംഘം"),
    "mr": ("श्रीमती कृष्णाबाई ज्ञानदेव", "अऱ्हाळे, कऱ्हाड", "लक्ष्मी गट"),
    "gu": ("શ્રીમતી કૃષ્ણાબેન પ્રજ્ઞેશ", "સુરેન્દ્રનગર, ધ્રાંગધ્રા", "લક્ષ્મી જૂથ"),
    "pa": ("ਸ੍ਰੀਮਤੀ ਕ੍ਰਿਸ਼ਨਾ ਦੇਵੀ", "ਸ੍ਰੀ ਅੰਮ੍ਰਿਤਸਰ, ਜੰਡਿਆਲਾ", "ਲਕਸ਼ਮੀ ਸਮੂਹ"),
    "or": ("ଶ୍ରୀମତୀ କୃଷ୍ଣପ୍ରିୟା", "ଭୁବନେଶ୍ୱର, ଖୋର୍ଦ୍ଧା", "ଲକ୍ଷ୍ମୀ ଗୋଷ୍ଠୀ"),
}


def slip(language: str) -> ReceiptPaper:
    """A receipt in the language, as the service words its lines."""
    speaks = Language(language, slips=True)
    _, on = speaks.gettext, date(2026, 11, 23)
    name, place, group = PEOPLE[language]
    lines = [(named("head", head, speaks), minor) for head, minor in _HEADS]
    said = _("Instalment {number}, {head}")
    return replace(
        signed_receipt(),
        borrower=f"Krishna Devi · {name}",
        centre=f"{place.split(',')[0]} · {group}",
        amount_minor=2_365_50,
        lines=(
            *(ReceiptLine(said.format(number=12, head=h), on, minor) for h, minor in lines),
            ReceiptLine(_("Excess, kept for later dues"), None, 400_00),
        ),
        mode="upi",
        language=language,
    )


def loan_card_in(language: str) -> LoanCardPaper:
    """A loan card in the language, with its charges."""
    speaks = Language(language, slips=True)
    _, kept = speaks.gettext, card()
    name, place, group = PEOPLE[language]
    about = replace(
        kept.about,
        borrower=name,
        address=place,
        centre=group,
        language=language,
        product=in_language("Group loan, weekly", speaks),
    )
    penal = _("{percent} a year on the {base}, for each day overdue (÷ 365).")
    base = _("overdue principal and interest")
    charges = (
        CardCharge(
            in_language("Processing fee", speaks),
            f"₹400.00 · {_('taken from what is handed out')} · "
            + _("With {percent} tax.").format(percent="18%"),
        ),
        CardCharge(_("Penal charge"), penal.format(percent="18%", base=base)),
        CardCharge(_("Early closure"), _("The interest of all lines to come.")),
    )
    return replace(kept, about=about, charges=charges)


_HEADS = (("penalty", 25_50), ("interest", 340_00), ("principal", 1_600_00))
ALL: dict[str, tuple[Paper, str]] = {
    f"{name}-{language}": (paper, "a5")
    for language in PEOPLE
    for name, paper in (("slip", slip(language)), ("card", loan_card_in(language)))
}
