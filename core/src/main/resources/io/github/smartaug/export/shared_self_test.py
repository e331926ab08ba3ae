# ---- self-test ----


def self_test():
    """What differs from what SmartAug computed, a line each, and how many comparisons there were."""
    wrong = []
    for u, expected in CONFORMANCE["choices"]:
        if _chosen(u) != expected:
            wrong.append("chooses %s instead of %s at %.9f" % (_chosen(u), expected, u))
    u, expected = CONFORMANCE["again"]
    drawn = [index for index, _ in draw(lambda: u)]
    if drawn != expected:
        wrong.append("draws %s instead of %s if it draws %.9f again and again" % (drawn, expected, u))
    vectors = CONFORMANCE["vectors"]
    results = _conformance_results(
        base64.b64decode(CONFORMANCE["input"]), CONFORMANCE["shape"], [v["draws"] for v in vectors]
    )
    for vector, result in zip(vectors, results):
        raw = base64.b64decode(vector["output"])
        expected = [level / 65535 for level in struct.unpack(">%dH" % (len(raw) // 2), raw)]
        difference = max(abs(level - should) for level, should in zip(result, expected))
        if not difference < TOLERANCE:
            names = ["%s at %.2f" % (POLICY["transforms"][i]["name"], u) for i, u in vector["draws"]]
            wrong.append("differs by %.5f: %s" % (difference, ", ".join(names)))
    return wrong, len(CONFORMANCE["choices"]) + 1 + len(vectors)


if __name__ == "__main__":
    found, comparisons = self_test()
    for line in found:
        print(line)
    agreeing = comparisons - len(found)
    print("%d of %d agree with SmartAug within %s" % (agreeing, comparisons, TOLERANCE))
    sys.exit(1 if found else 0)
