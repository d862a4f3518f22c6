"""Words that speak against a checkable statement: opinion, intent, talk, and words of address."""

from __future__ import annotations

GROUPS: dict[str, str] = {
    "opinion": """
        i think, i believe, i feel, i don 't think, i don 't believe, i happen to think,
        i happen to believe, i 'm convinced, i 'm sure, i am convinced, i am sure, i suppose,
        i guess, i 'd say, i would say, in my opinion, in my view, in my judgment, my view,
        my opinion, my feeling, it seems, seems to me, we believe, we think, i agree, i disagree,
        i love, i like, i respect, i admire, i understand, i know that, i 'm proud, i am proud,
        i care, i trust, i doubt, i wish, i hope, we hope, hopefully, i 'm glad, i 'm happy,
        i 'm sorry, i 'm afraid, i appreciate, honestly, the question is, the issue is,
        the point is, the problem is, the bottom line, important to, it 's important,
        important thing, what matters, matters most, obviously, clearly, unfortunately,
        fortunately, of course, makes sense, no doubt, i 'm confident, i am confident, i consider,
        i regard, i take the position, i find it, i view, i say that, one thing i
    """,
    "evaluative": """
        groundbreaking, iconic, impressive, stunning, good, bad, great, terrible, horrible,
        wonderful, awful, right, wrong, fair, unfair, beautiful, amazing, fantastic, disgraceful,
        disaster, ridiculous, tremendous, incredible, smart, stupid, proud, honest, nice, shame,
        shameful, tragic, sad, happy, wise, foolish, reckless, dangerous, extraordinary,
        disgusting, outrageous, nonsense, malarkey, crazy, meaningful, unacceptable, lovely,
        exciting, pathetic, moral, decent, noble
    """,
    "mild_judgement": """
        better, best, important, critical, essential, crucial, easy, hard, difficult, strong,
        weak, special, significant, unique, rich, serious, interesting, excellent, tough,
        remarkable, vibrant, invaluable
    """,
    "value": """
        reminder, testament, symbol, milestone, inspiration, inspiring, passion, leadership,
        integrity, values, dream, dreams, hope, hopes, faith, courage, freedom, dignity, future,
        vision, compassion, trust, honor, respect, destiny, spirit, heart, soul, fairness,
        opportunity, commitment, responsibility, principle, principles, challenge, challenges,
        optimism, unity, promise
    """,
    "normative": """
        should, shouldn 't, must, mustn 't, ought, ought to, need to, needs to, needed to,
        have to, has to, had to, 've got to, 's got to, got to, let 's, let us, must be, needs a,
        we need, you need, it is time, it 's time, deserve, deserves, supposed to, would have to,
        better off
    """,
    "hedge": """
        maybe, perhaps, probably, might, could, may, possibly, presumably, apparently, kind of,
        sort of, somewhat, seem, seems, likely, unlikely, tends to, can be, could be, potential,
        potentially
    """,
    "conditional": """
        would, wouldn 't, 'd, if, unless, whether, suppose, imagine, otherwise, would have
    """,
    "vague_amount": """
        a number of, significant number, a variety of, various, many, several, a lot, lots, some,
        numerous, often, sometimes, generally, usually, typically, something, somebody, someone,
        things, certain, somewhere, a bunch, all kinds, all sorts, plenty, a great deal,
        a good deal, people who, folks who, anybody, anything
    """,
    "intent": """
        i will, i 'll, i shall, we will, we 'll, i 'm going to, we 're going to, i am going to,
        we are going to, i 'm gonna, we 're gonna, i want to, i want, we want to, we want,
        i 'd like, i would like, i intend, i plan to, my plan, i propose, i promise, i pledge,
        i won 't, we won 't, i will not, we will not, i 'm not going to, we 're not going to,
        i am not going to, i would, we can, we could, i can, i 'm trying, we 're trying,
        as president i, when i 'm president, when i am president, if i 'm elected,
        if i am elected, what i want, what we need, i 'd be, i 'd, we 'd, under my plan,
        it will be my, i 'm here, i 'm running, my goal, my job, i have a plan, we have a plan
    """,
    "procedural": """
        this evening, minutes each, seconds each, the candidates, both candidates, a coin toss,
        the rules, time limits, thank you, thanks, good evening, good night, good morning,
        welcome, ladies and gentlemen, let me finish, let me respond, let me answer, let me ask,
        let me just, let me start, let me go, let me explain, let me repeat, let me put,
        let me be, let me get, let me turn, may i, can i, excuse me, pardon me, next question,
        your question, the question, this question, that question, first question, my question,
        final question, last question, a question, your time, my time, our time, time is up,
        time 's up, out of time, two minutes, one minute, thirty seconds, 30 seconds, 90 seconds,
        ninety seconds, 60 seconds, sixty seconds, minutes to respond, to respond, respond to,
        respond, rebuttal, rebut, moderator, moderators, moving on, move on, we move,
        closing statement, opening statement, closing statements, turn to, next topic, this topic,
        the floor, your turn, my turn, go ahead, hold on, wait a minute, come back to,
        get back to, get to that, go back to, as i said, as i 've said, i 've said, i said,
        like i said, i 'll repeat, you know what, tell you what, answer the, applause, laughter,
        crosstalk, tonight, god bless, congratulations, nice to, pleasure, delighted, glad to,
        honored to, no sir, yes sir, mr speaker, ok, okay, gentlemen, this debate, these debates,
        the debates, commission on debates, first segment, next segment, the audience,
        in the audience, studio audience, your response, your responses, a response,
        for questions, your questions
    """,
    "chatter": """
        let me know, feel free, i hope this helps, hope this helps, here are some, here is a,
        here 's a, here are a few, here is an, here 's an, here are, below is, below are,
        certainly, sure, as an ai, as a language model, ai language model, my training data,
        knowledge cutoff, my knowledge, i cannot provide, i can 't provide, i 'm unable,
        i am unable, i don 't have access, i do not have, i don 't have any information,
        i apologize, i 'm just an, happy to help, would you like, if you have any, if you 'd like,
        please note, it 's important to note, it is important to note, it is worth noting,
        please provide, i can help, can i help, i 'm here to help, any other questions,
        more information about, more details, consult, please consult, more context,
        is there anything, some reasons, the following, following steps, these steps, in summary,
        in conclusion, to summarize, for more information, based on the information, as follows,
        keep in mind, remember that
    """,
    "rhetoric": """
        all over the map, long way to go, a long way, get it done, got it done, done enough,
        right thing, level playing field, playing field, work it out, worked it out, stand up,
        stood up, stand together, stood together, fight for, fights for, fighting for, fought for,
        turn the page, this mess, a mess, at stake, same old, once and for all, believe me,
        let down, let them down, let you down, out of touch, keep faith, kept faith, hurting,
        struggling, worried, worry, worrying, fear, fears, afraid, pray, prayed, prayers, hearts,
        admired, too far, enough is enough, play by the rules, hard work, work hard, working hard,
        get ahead, left behind, lie awake, sit down, sat down, come together, came together,
        move forward, moving forward, go forward, the future, next generation, our children,
        our grandchildren, our kids, grandkids, american people, the american dream, ever known,
        made a difference, make a difference, make sure, makes sure, step up, on the side of,
        roll up, wake up, day one, lecture, say one thing, says one thing, the same thing over,
        over and over, again and again, folks, the wrong direction, the right direction,
        right track, wrong track, common ground, common sense, in this together, fine public,
        greatest nation, greatest country, straight talk, flip flop, old politics, politicians,
        a choice, philosophy, difference between
    """,
    "personal": """
        my mother, my father, my wife, my husband, my son, my daughter, my kids, my children,
        my family, my parents, my grandfather, my grandmother, my brother, my sister, my mom,
        my dad, my friend, my friends, good friend, friends, grew up, was raised, was a boy,
        was a kid, was a girl, was a young, small town, i remember, told me, said to me, asked me,
        came up to me, wrote me, talked to, talked with, i talked, i met, 've met, i 've seen,
        i 've heard, i heard, i saw, i visited, i 've visited, i have visited, i went, i came,
        i 've been, my whole life, all my life, my entire life, my life, in my heart,
        look in her eyes, in their eyes, i took an oath, i 've always, i have always, i always,
        i 've spent, i was hoping, the other day
    """,
    "filler": """
        let me tell you, let me say this, i have to tell you, i 'll tell you, i can tell you,
        i tell you, guess what, you know, look, listen, frankly, by the way, believe it or not,
        i have to say, i must say, the fact is, the truth is, i mean
    """,
    "imperative_start": """
        let, look, listen, wait, go, tell, give, ask, stop, take, think, remember, imagine,
        consider, note, make, be, sign, click, read, share, follow, subscribe, contact, check,
        compare, use, choose, try, visit, download, see, watch, don 't, do not, join, add, start,
        keep, put, get, learn, find, ensure, avoid, shortlist, call, please, come, forget,
        ask yourself, talk, bring, vote, send, say, write, enjoy, explore, help, stay, buy,
        donate, register, enter, select, apply, mix, cook, remove, open, place, research, set,
        create, turn, run, hold, provide, include, discover, pay
    """,
    "negation": "not, 't, no, never, neither, nor, none, nothing",
    "vague_start": """
        that, this, it, what, so, well, yes, no, here, now, but, and, right, oh, sure, absolutely,
        exactly, because, or, which, who, how, why, nothing, again
    """,
    "first_person": "i, me, my, mine, we, us, our, ours, myself, ourselves",
    "second_person": "you, your, yours, yourself",
    "third_person": """
        he, she, they, him, his, her, their, them, it, its, my opponent, this administration,
        this president, the president, the senator, the governor, the vice president
    """,
    "starter": """
        a, an, the, in, on, at, while, despite, when, as, after, before, during, since, under,
        with, without, if, although, though, because, both, each, every, all, some, many, most,
        few, these, those, this, that, by, for, from, to, unlike, like, until, once, whether,
        where, yes, no, our, my, his, her, their, its, your, and, but, so, or, then, now, today,
        however, meanwhile, thank, thanks, well, is, are, was, were, did, do, does, has, have,
        had, will, would, can, could, should, than, not, only, even, one, two, three, earlier,
        later, last, according, also, between, among, near, outside, inside, across, against,
        over, of, about
    """,
    "conjunction": """
        and, but, so, well, now, because, also, then, yes, no, actually, in fact, again, however,
        or, look, yet, still, indeed, first, second, secondly, finally, moreover, furthermore,
        additionally, meanwhile, today, oh, see, ok, okay, you know, right
    """,
    "not_event": """
        need, indeed, speed, hundred, feed, seed, proceed, succeed, exceed, agreed, bleed, breed,
        deed, greed, weed, reed, creed, united, red, bed, shed, led, embed, unprecedented,
        supposed, so called, aged, sacred, naked, beloved, talented, concerned, interested,
        worried, committed, convinced, determined, pleased, excited, scared, tired, dedicated,
        prepared, experienced, limited, advanced, mixed, detailed, complicated, qualified,
        skilled, educated, related, kindred, wicked, rugged, ted, fred, ned, med, fed, wed,
        surprised, entitled, blessed, disappointed, honored, delighted, asked, used, needed,
        wanted, liked, loved, believed, talked, looked, mentioned, tried, hoped, cared, discussed,
        thanked
    """,
    "other_verb": """
        can, cannot, do, does, don, doesn, didn, did, go, get, want, wants, know, see, think,
        thinks, believe, believes, say, earn, rank, own, owe, make, take, pay, cost, spend, work,
        run, live, need, expect, expects, opposes, hope, hopes, feel, feels, love, loves, like,
        come, give, keep, buy, sell, use, become, remain, stand, face, show, mean, tell, ask,
        asks, allow, seek, plan, grow, rise, fall, die, dies, lose, loses, win, wins, kill, kills,
        vote, votes, write, teach, drive, play, suffer, suffers, deserve, doubt, doubts, point,
        points, demand, demands, claim, argue, agree, agrees, disagree, warn, warns, hold, bring,
        send, leave, grant, grants, belong, stay, stays, struggle, fight, fights, speak, speaks,
        read, reads, follow, follows, meet, meets, turn, turns, try, tries, lead, serve, offer,
        begin, help, start, starts, stop, stops, open, opens, close, closes, move, reach, reaches,
        blame, blames, got, made, overturns, oversees, employ, publishes, publish, visits, visit,
        signs, sign, hits, sets, returns
    """,
    "function": """
        the, of, and, to, is, are, that, for, with, it, were, have, has, by, from, at, as, this,
        they, we, you, his, her, their, not, be, been, which, i, or, but, there, will, would,
        what, who, about, than, its, our, my, your, how, when, where, these, those, had, if,
        because, can, do, don, she, he, into, out, up
    """,
}
"""Groups by name; see :mod:`.features` for what each feature makes of them."""
