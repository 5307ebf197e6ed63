"""The days that a question asks about: “in September 2024”, “before August”, “last week”, “not on 10 July”."""
