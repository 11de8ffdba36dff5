"""What the program costs, beside a peer measured in the same run."""
