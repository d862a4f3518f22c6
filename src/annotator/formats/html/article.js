"use strict";
// Details beside the text, and a way from span to span. Without this the page has them as titles
// and in its list of spans.
document.documentElement.classList.add("scripted");
for (const article of document.querySelectorAll(".article")) {
  const panel = article.querySelector(".panel");
  const marks = [...article.querySelectorAll(".span[tabindex]")];
  let held = null;

  const same = (mark, on) => {
    for (const part of article.querySelectorAll(`[data-span="${mark.dataset.span}"]`)) {
      part.classList.toggle("same", on);
    }
  };
  const show = (mark) => {
    if (held) same(held, false);
    held = mark;
    panel.replaceChildren();
    panel.hidden = !marks.length;
    panel.classList.toggle("hint", !mark);
    if (!mark) {
      panel.textContent = "Point at a highlight or press Tab. Arrows go on, Escape ends.";
      return;
    }
    same(mark, true);
    const entry = document.getElementById(mark.dataset.span);
    const title = document.createElement("p");
    title.append(...[...entry.querySelector("summary").childNodes].map((n) => n.cloneNode(true)));
    panel.append(title);
    for (const part of entry.querySelectorAll("details > dl, details > .links")) {
      panel.append(part.cloneNode(true));
    }
  };
  const hidden = (mark) =>
    [...mark.classList].some((name) => {
      const box = article.querySelector(`.show-${name}`);
      return box && !box.checked;
    });

  show(null);
  article.addEventListener("mouseover", (event) => {
    const mark = event.target.closest(".text .span");
    if (mark && mark.dataset.span !== held?.dataset.span && !hidden(mark)) show(mark);
  });
  article.addEventListener("focusin", (event) => {
    if (event.target.matches(".text .span")) show(event.target);
  });
  article.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    if (event.key === "Escape") {
      show(null);
      document.activeElement.blur();
      return;
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    let next = at + step;
    while (marks[next] && hidden(marks[next])) next += step;
    marks[next]?.focus();
  });
  article.addEventListener("change", () => {
    for (const mark of marks) mark.tabIndex = hidden(mark) ? -1 : 0;
    if (held && hidden(held)) show(null);
  });
  article.addEventListener("click", (event) => {
    const mark = event.target.closest(".text .span");
    if (mark) article.querySelector(`[data-span="${mark.dataset.span}"][tabindex]`).focus();
  });
}
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll(".spans details")) one.open = true;
});
