// The five-minute tour: from a demo to its artifacts, on the real page. A step waits for its element, so that it can lead
// to another page; what is not there (a narrow window hides some) is left out.
import "driver.js/dist/driver.css";
import "./tour.css";
import { driver, type Driver } from "driver.js";
import { texts } from "./texts";

interface Step {
  at?: string; // selector of what it is about; none: in the middle
  title: string;
  text: string;
  press?: string; // selector of what "Next" presses
  isOptional?: boolean;
}

const kPatience = 15_000;

function steps(): Step[] {
  const t = texts();
  return [
    { title: t.welcome, text: t.welcomeText },
    {
      at: '[data-tour="place-/demos"]',
      title: t.store,
      text: t.storeText,
      press: '[data-tour="place-/demos"]',
      isOptional: true,
    },
    {
      at: '[data-tour="clone-basic-json"]',
      title: t.clone,
      text: t.cloneText,
      press: '[data-tour="clone-basic-json"]',
    },
    { at: ".cm-editor", title: t.editor, text: t.editorText },
    { at: '[data-tour="preview"]', title: t.preview, text: t.previewText, isOptional: true },
    { at: '[data-tour="run"]', title: t.run, text: t.runText, press: '[data-tour="run"] button' },
    { at: '[data-tour="artifacts"]', title: t.task, text: t.taskText },
    { at: '[data-tour="part-settings"]', title: t.settings, text: t.settingsText },
    { title: t.end, text: t.endText },
  ];
}

function visible(selector: string): Element | undefined {
  return [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0);
}

// The element once it is on the page; undefined when it does not come.
async function found(selector: string, patience: number): Promise<Element | undefined> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const element = visible(selector);
    if (element) return element;
    await new Promise((after) => setTimeout(after, 50));
  }
  return visible(selector);
}

class Tour {
  private readonly all = steps();
  private index = 0;
  private readonly pointer: Driver;

  constructor() {
    const t = texts();
    this.pointer = driver({
      animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      allowClose: true,
      overlayOpacity: 0.45,
      stagePadding: 6,
      showButtons: ["next", "close"],
      nextBtnText: t.next,
      doneBtnText: t.done,
      // Inside of a dialog these are no landmarks of the page.
      onPopoverRender: ({ wrapper }) =>
        wrapper.querySelectorAll("header, footer").forEach((one) => one.setAttribute("role", "presentation")),
    });
  }

  async show(): Promise<void> {
    const step = this.all[this.index];
    if (!step) return this.pointer.destroy();
    const element = step.at ? await found(step.at, step.isOptional ? 500 : kPatience) : undefined;
    if (step.at && !element) {
      if (!step.isOptional) return this.pointer.destroy();
      if (step.press?.includes("/demos")) return this.visitStore();
      return this.next();
    }
    const t = texts();
    const isLast = this.index === this.all.length - 1;
    this.pointer.highlight({
      element,
      popover: {
        title: step.title,
        description: step.text,
        showButtons: ["next", "close"],
        nextBtnText: isLast ? t.done : t.next,
        showProgress: true,
        progressText: t.progress
          .replace("{{current}}", String(this.index + 1))
          .replace("{{total}}", String(this.all.length)),
        onNextClick: () => void this.leave(step),
        onCloseClick: () => this.pointer.destroy(),
      },
    });
  }

  private async leave(step: Step): Promise<void> {
    if (step.press) {
      // What is pointed at may go away.
      this.pointer.destroy();
      (visible(step.press) as HTMLElement | undefined)?.click();
    }
    await this.next();
  }

  private async next(): Promise<void> {
    this.index += 1;
    await this.show();
  }

  // Narrow windows keep the way to the store in a menu.
  private async visitStore(): Promise<void> {
    window.history.pushState(null, "", "/demos");
    window.dispatchEvent(new PopStateEvent("popstate"));
    await this.next();
  }
}

export function run(): void {
  void new Tour().show();
}
