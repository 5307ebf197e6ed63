"""Gathering: from what somebody names — a page, a feed, a file — to articles in the corpus folder."""
