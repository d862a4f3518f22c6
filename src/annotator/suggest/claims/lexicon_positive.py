"""Words that speak for a checkable statement."""

from __future__ import annotations

GROUPS: dict[str, str] = {
    # Amounts and what is counted in them
    "magnitude": """
        hundred, hundreds, thousand, thousands, million, millions, billion, billions, trillion,
        trillions, dozen, dozens
    """,
    "small_number": """
        two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen,
        fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty,
        seventy, eighty, ninety, half, a third of, a quarter of, one third, one quarter,
        two thirds, three quarters, one in three, one in four, one in five, one out of
    """,
    "month_or_verb": "may, march",
    "measured_unit": """
        percent, per cent, percentage, dollars, dollar, cents, euros, pounds, people, jobs,
        troops, votes, seats, points, miles, kilometers, kilometres, meters, metres, km, kg, tons,
        tonnes, degrees, barrels, acres, square, deaths, cases, patients, workers, soldiers,
        americans, families, men, women, children, kids, countries, states, students, teachers,
        homes, households, businesses, companies, years, months, weeks, days, hours, times,
        inches, feet, megawatts, gallons, a gallon, an hour, a year, a month, a week, a day,
        per capita, per year, per person
    """,
    "date": """
        january, february, april, june, july, august, september, october, november, december,
        monday, tuesday, wednesday, thursday, friday, saturday, sunday, yesterday, last year,
        last month, last week, last night, last summer, last winter, last spring, last fall,
        this year, this month, this week, years ago, year ago, months ago, month ago, weeks ago,
        days ago, hours ago, a decade ago, decades ago, hours later, days later, years later,
        months later, weeks later, in the past, in the last, over the last, over the past,
        for the last, for the past, century, decade, decades, since, at the time, at that time,
        when i was governor, when i was president, when he was president, when he was governor,
        when he was vice president, when i came into office, when i took office,
        when he took office, since i took office, under president, under his watch,
        under my watch, a.m, p.m, gmt, midnight, noon
    """,
    # What happened
    "past_verb": """
        went, came, took, gave, made, told, got, became, began, broke, brought, built, bought,
        caught, chose, dealt, did, drew, drove, fell, fought, found, flew, forgot, froze, grew,
        held, hid, kept, knew, laid, led, left, lent, lost, met, paid, ran, rose, saw, sent, shot,
        sold, spent, spoke, stole, stood, struck, swore, taught, threw, understood, won, wrote,
        withdrew, oversaw, sank, sang, stuck, swept, wore, woke, flung, shook, slept, blew, fed,
        bore, drank, ate, heard, slid, dug, hung, rode, fled, bred, arose, awoke, overthrew,
        underwent, sought, overcame, outspent, undercut, overturned, was born, were born,
        was elected, took off
    """,
    "past_be": "was, were, wasn 't, weren 't, had, hadn 't, used to",
    "same_past": "cut, put, hit, set, quit, shut, hurt, cost, spread, split, bid, cast, beat",
    "participle": """
        been, gone, done, taken, given, seen, known, shown, become, risen, fallen, written,
        driven, grown, broken, chosen, spoken, stolen, thrown, worn, flown, drawn, forgotten,
        frozen, hidden, sworn, begun, run, come, overcome, undergone, beaten, shaken, eaten, cut,
        put, hit, set, shut, hurt, cost, spread, had, gotten, proven, withdrawn, overthrown
    """,
    "auxiliary_have": "have, has, 've, had, having",
    "be_present": "is, are, 's, 're, isn 't, aren 't, am, 'm",
    # The public record
    "record": """
        voted, vote, votes, vetoed, veto, signed, sponsored, cosponsored, repealed, passed,
        enacted, introduced, opposed, supported, endorsed, appointed, nominated, elected,
        convicted, indicted, arrested, sentenced, pardoned, sued, ruled, testified, invaded,
        bombed, withdrew, pulled out, negotiated, ratified, bill, bills, legislation, law, laws,
        amendment, act, treaty, agreement, deal, resolution, sanctions, supreme court, congress,
        senate, house, secretary of state, administration, court, republicans, democrats,
        committee, platform, in office, tariffs, executive order, filibuster, budget
    """,
    "statistic": """
        rate, rates, deficit, debt, surplus, unemployment, inflation, gdp, income, incomes, wages,
        salary, wage, premiums, premium, poverty, uninsured, average, median, majority, share,
        record high, record low, number, numbers, cost, costs, price, prices, population,
        spending, revenue, revenues, exports, imports, production, crime, murders, murder,
        homicides, homicide, killings, growth, recession, depression, tax, taxes, taxed, trade,
        loans, investment, earnings, profits, sales, turnout, emissions, mortality, enrollment,
        casualties, coverage, insured, interest rates, middle class, oil, gas, coal,
        manufacturing, nuclear, weapons, health insurance, social security, medicare, medicaid
    """,
    "change": """
        increase, increased, increases, increasing, decrease, decreased, declined, declines,
        decline, rise, rises, rising, rose, risen, fall, falls, fell, fallen, drop, dropped,
        dropping, double, doubled, doubles, doubling, tripled, quadrupled, halved, grew, grown,
        grows, shrank, shrunk, cut, cuts, raised, raises, lowered, reduced, reduces, reduction,
        expanded, lost, losing, gained, created, added, adds, soared, plunged, plummeted, surged,
        gone up, going up, went up, gone down, going down, went down, skyrocketed, closed,
        eliminated, destroyed, wiped out, shipped, slashed, exploded, shattered, jumped, slipped,
        climbed, dwindled
    """,
    # How it compares, and how much of all
    "comparison": """
        more than, less than, fewer than, greater than, higher than, lower than, larger than,
        smaller than, better than, worse than, older than, younger than, faster than, longer than,
        shorter than, cheaper than, bigger than, stronger than, rather than in, most, highest,
        lowest, largest, biggest, smallest, greatest, worst, longest, shortest, fastest, slowest,
        oldest, youngest, richest, poorest, strongest, weakest, earliest, latest, deadliest,
        busiest, hottest, coldest, tallest, deepest, heaviest, lightest, twice, as many,
        as much as, times as, at least, at most, up to, as high as, as low as, the first time,
        first time, first woman, first man, first president, first country, first state,
        the first, the last time, the only, one of the, compared to, compared with, than any,
        than ever, second largest, nearly, almost, roughly, approximately, about half, faster,
        slower, older, cheaper, fewer, higher, lower, largely, mostly, primarily, majority of
    """,
    "absolute": """
        every, all, none, no one, nobody, everyone, everybody, never, always, zero, entire,
        not one, not a single, any other, no other, without, across the country, in history,
        in the history, in the world, in our history, in american history, in this country, of all
    """,
    "existence": """
        there are, there 's, there is, there were, there was, there have been, there has been
    """,
    "causal": """
        because, because of, caused, causes, causing, led to, leads to, leading to, resulted in,
        results in, resulting in, due to, as a result, responsible for, thanks to, contributed to,
        contributes to, triggered, prevents, prevented, brought on by, driven by, owing to,
        in response to, stems from, linked to, that 's why, consequently
    """,
    "attribution": """
        said, says, stated, states that, claimed, claims, told, announced, reported, reports that,
        argued, argues, added, noted, notes that, wrote, writes, declared, warned, confirmed,
        denied, denies, insisted, insists, revealed, testified, alleged, alleges, acknowledged,
        admitted, admits, predicted, estimates, estimated, found that, showed that, shows that,
        suggests that, according to, per a report, promised, called for, accused, cited,
        concluded, explained, tweeted, posted, asserted, reportedly, study, studies, survey, poll,
        report, figures, researchers, economists, experts, statistics, census, data show,
        data shows, evidence shows
    """,
    "prediction": """
        will, won 't, 'll, shall, going to, expected to, is expected, are expected, projected,
        forecast, forecasts, predicted, predicts, anticipated, scheduled, set to, plans to,
        plan to, expect to, expects to, expect the, expects the, planned for, planning to,
        on track to, likely to, poised to, due to begin, aims to, aim to, intends to, seeks to,
        by 2027, by 2028, by 2029, by 2030, by 2035, by 2040, by 2050, by 2100, next year,
        next month, next week
    """,
    "position": """
        supports, supported, opposes, opposed, favors, favored, favours, backs, backed, endorses,
        endorsed, rejects, rejected, advocates, advocated, was against, were against,
        been against, is against, in favor of, in favour of, wants to, voted for, voted against,
        calls for, called for, promised, pledged, vowed, condemned, condemns, criticized, praised,
        refused, refuses, urged, urges
    """,
    "fact_verb": """
        has, owns, owes, makes, costs, pays, spends, produces, employs, earns, receives, contains,
        consists, holds, lives, works, runs, gives, takes, gets, goes, comes, provides, requires,
        requires that, uses, allows, means, becomes, shows, includes, covers, leads, remains,
        represents, continues, demonstrates, maintains, acknowledge, acknowledges, depends,
        depend, relies, accounts, ranks, measures, weighs, stretches, orbits, carries, serves,
        plays, occurs, happens, appears, features, offers, operates, belongs, forms, helps,
        makes up, makes it, consist, contain, produce, include, require, involve, involves,
        refers, describes, generates, converts, absorbs, causes, affects, reduces, increases,
        protects, begins, ends, dates, marks, hosts, seeks, pursues, looks, departs, blasts,
        docks, sells, buys, exports, imports, attracts, boasts, borders, lies, sits, stands,
        lasts, won, plans, faces, keeps, brings, sends, leaves, imposes, bans, prohibits, forbids,
        permits, guarantees, exceeds, equals, lacks, finds, tells, sees, says, knows, calls,
        considers, enables, ensures, promotes, encourages, supports, improves, creates, builds,
        develops, releases, emits, travels, moves, flows, rotates, grows, rises, falls, dominates,
        translates, tends, tend, occur, happen, appear, live, eat, migrate, don 't have,
        doesn 't have, don 't pay, doesn 't pay, aren 't paying
    """,
}
"""Groups by name; see :mod:`.features` for what each feature makes of them."""
