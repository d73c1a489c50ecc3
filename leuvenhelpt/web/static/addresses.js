// An address field that suggests while one types: a combobox as the ARIA authoring practices describe it.
// Without this file the field is a plain one, and the server understands what was typed.

const PAUSE_MS = 180;
const SHORTEST = 3;

class Suggestions {
  constructor(around) {
    this.address = around.dataset.suggestions;
    this.found = around.dataset.found;
    this.field = around.querySelector("input");
    this.postcode = around.querySelector("select");
    this.places = [];
    this.at = -1;
    this.build();
    this.field.addEventListener("input", () => this.wait());
    this.field.addEventListener("keydown", (event) => this.press(event));
    // Not on blur: the list stands above what is pressed next, which would move away from under the finger.
    document.addEventListener("click", (event) => around.contains(event.target) || this.close());
  }

  build() {
    this.list = document.createElement("ul");
    this.list.id = `${this.field.id}-list`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.field.labels[0].textContent.trim());
    this.told = document.createElement("p");
    this.told.className = "vh";
    this.told.setAttribute("role", "status");
    this.field.after(this.list, this.told);
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(facts)) this.field.setAttribute(name, value);
    this.field.autocomplete = "off";
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const typed = this.field.value.trim();
    if (typed.length < SHORTEST) return this.close();
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed });
      const answer = await fetch(`${this.address}?${query}`, { signal: this.asking.signal });
      if (!answer.ok) return this.close();
      this.show((await answer.json()).places);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the field is a plain one
    }
  }

  show(places) {
    if (document.activeElement !== this.field) return;
    if (!places.length) return this.close();
    this.places = places;
    this.at = -1;
    this.list.replaceChildren(...places.map((place, index) => this.option(place, index)));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.field.removeAttribute("aria-activedescendant");
    this.told.textContent = `${this.found} ${places.length}`;
  }

  option(place, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = place.label;
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    option.addEventListener("click", () => this.take(index));
    return option;
  }

  press(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (event.key === "Tab") return this.close();
    if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      return this.take(this.at);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.list.hidden) return;
    event.preventDefault();
    this.mark((this.at + step + this.places.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.places.length);
  }

  mark(index) {
    this.at = index;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    this.field.setAttribute("aria-activedescendant", this.list.children[index].id);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const place = this.places[index];
    // Without a list of postcodes the town is part of the address; who types on, types before it.
    this.field.value = this.postcode ? place.line : place.label;
    if (this.postcode && [...this.postcode.options].some((one) => one.value === place.postcode)) {
      this.postcode.value = place.postcode;
    }
    this.close();
    this.field.focus();
    this.field.setSelectionRange(place.line.length, place.line.length);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.places = [];
    this.at = -1;
    this.told.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("[data-suggestions]").forEach((around) => new Suggestions(around));
