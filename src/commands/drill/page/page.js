"use strict";
// Without this script the page shows all states below one another; with it, one at a time.
(() => {
  const drills = [...document.querySelectorAll(".drill")].map((section) => ({
    section,
    pictures: [...section.querySelectorAll("figure")],
    steps: [...section.querySelectorAll(".steps > li")],
    back: section.querySelector(".back"),
    on: section.querySelector(".on"),
    where: section.querySelector(".where"),
    state: 0,
  }));
  const select = document.getElementById("scenario");
  let current = 0;

  const show = (drill, state) => {
    const last = drill.pictures.length - 1;
    drill.state = Math.min(Math.max(state, 0), last);
    drill.pictures.forEach((picture, at) => { picture.hidden = at !== drill.state; });
    const said = [];
    for (const step of drill.steps) {
      const here = Number(step.dataset.state) === drill.state;
      if (here) {
        step.setAttribute("aria-current", "step");
        said.push(step.querySelector(".step").textContent);
        for (const remark of step.querySelectorAll("ul > li:not(.good)")) said.push(remark.textContent);
      } else {
        step.removeAttribute("aria-current");
      }
    }
    drill.back.disabled = drill.state === 0;
    drill.on.disabled = drill.state === last;
    drill.where.textContent = `${drill.state} of ${last}: ${said.join(" · ")}`;
  };

  const choose = (at) => {
    current = at;
    drills.forEach((drill, number) => { drill.section.hidden = number !== at; });
    show(drills[at], drills[at].state);
  };

  for (const drill of drills) {
    drill.back.addEventListener("click", () => show(drill, drill.state - 1));
    drill.on.addEventListener("click", () => show(drill, drill.state + 1));
    for (const button of drill.section.querySelectorAll("[data-to]")) {
      button.addEventListener("click", () => show(drill, Number(button.dataset.to)));
    }
  }
  select?.addEventListener("change", () => choose(Number(select.value)));

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof HTMLSelectElement) return;
    const drill = drills[current];
    const to = { ArrowLeft: drill.state - 1, ArrowRight: drill.state + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(drill, to);
  });

  choose(select ? Number(select.value) : 0);
})();
