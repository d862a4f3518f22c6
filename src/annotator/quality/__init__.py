"""How good annotations are: missed twins, and what else can be said of them without a person."""
