"""The Đầm Hà story: what the public account of 30/3/2022 tells, with invented figures around it, marked as such."""
