"""When editions are made: the plan of schedule.toml, its days, what is due, and what watches over it."""
