"""Many pages side by side: jobs, and who does them."""
