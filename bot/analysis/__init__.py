"""Everything that one article holds, found once and kept: from drafts of articles to Analyses."""
