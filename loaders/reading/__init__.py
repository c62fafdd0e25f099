"""Reading prose: from an article to a draft dossier that a person corrects.

    file ─(texts)→ Text ─(mending)→ Mended ─(sentences)→ Sentence ─(reader)→ Candidate ─(document)→ Draft ─(writing)→ dossier, JSONL, page

A reader sees one sentence of the mended text and proposes; everything it says is checked against the text before it is kept.
"""
