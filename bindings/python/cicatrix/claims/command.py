"""The command `cicatrix claims`: plays the claims and says what evidence and model make of each."""

import argparse

from cicatrix.claims.bench import Bench
from cicatrix.claims.catalogue import CLAIMS
from cicatrix.claims.claim import Claim, played
from cicatrix.claims.text import summary, text_of, told
from cicatrix.headline import CAUTION
from cicatrix.outcome import Exit, RefusedError
from cicatrix.progress import ProgressLine


def claims(options: argparse.Namespace) -> Exit:
    """Plays the claims asked for, or all."""
    from cicatrix.plain_json import print_json

    chosen = chosen_claims(options.ids)
    bench, outcomes = Bench(), []
    line = ProgressLine("playing the claims", quiet=options.quiet)
    try:
        for done, claim in enumerate(chosen):
            line(done / len(chosen))
            outcomes.append(played(claim, bench, with_charts=bool(options.report)))
    finally:
        line.clear()
    if options.report:
        from cicatrix.claims.page import write_page

        write_page(outcomes, options.report)
    if options.json:
        print_json({"caution": CAUTION, "report": options.report, "claims": [told(outcome) for outcome in outcomes]})
        return Exit.DONE
    parts = [text_of(outcome) for outcome in outcomes]
    parts += [summary(outcomes)] if len(outcomes) > 1 else []
    parts += [f"report  {options.report}"] if options.report else []
    print("\n\n".join([*parts, f"{CAUTION} Not medical advice."]))
    return Exit.DONE


def chosen_claims(ids: list[str]) -> list[Claim]:
    """The claims of these ids, all of them for none. Raises RefusedError for an unknown one."""
    known = {claim.id: claim for claim in CLAIMS}
    unknown = [name for name in ids if name.upper() not in known]
    if unknown:
        raise RefusedError(Exit.USAGE, f"no claim is called {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name.upper()] for name in ids] or list(CLAIMS)
