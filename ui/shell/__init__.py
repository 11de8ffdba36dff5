"""The window around the screens: first run, sign-in, rail, top bar, palette, business day."""
