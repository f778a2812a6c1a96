"""How agencies and their heads are written in running text."""


def title_of_head(head: str, agency: str) -> str:
    """The title of an agency's head in texts: "Trưởng Ban" and "Ban Tuyên giáo" make "Trưởng Ban Tuyên giáo".

    Rule: words the title ends with and the name begins with stand once.
    """
    title, name = head.split(), agency.split()
    for shared in range(min(len(title), len(name)), 0, -1):
        if [word.lower() for word in title[-shared:]] == [word.lower() for word in name[:shared]]:
            return " ".join(title[:-shared] + name)
    return " ".join(title + name)
