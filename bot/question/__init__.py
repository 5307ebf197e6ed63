"""Reading questions: from the words somebody types to a Question about a Library."""
