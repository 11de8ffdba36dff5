"""What a receipt survives: a killed writer, a full disk, a bit that flipped."""
