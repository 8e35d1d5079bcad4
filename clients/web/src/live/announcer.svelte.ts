// What is read out to people who do not see the screen: politely, and many changes as one.

// Long enough that a burst becomes one sentence, short enough that it is still about now.
const bundled = 2500;

export class Announcer {
  text = $state('');
  #said = new Map<string, () => string>();
  #counts = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says this with the next bundle; the newest of a topic replaces the one before. */
  say(topic: string, text: string): void {
    this.#put(topic, () => text);
  }

  /** Adds to a count; the bundle says the sum in one sentence. */
  count(topic: string, more: number, sentence: (sum: number) => string): void {
    if (more <= 0) return;
    this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + more);
    this.#put(topic, () => sentence(this.#counts.get(topic) ?? 0));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #put(topic: string, text: () => string): void {
    this.#said.set(topic, text);
    this.#timer ??= setTimeout(() => {
      this.text = [...this.#said.values()].map((say) => say()).join(' ');
      this.#said.clear();
      this.#counts.clear();
      this.#timer = undefined;
    }, bundled);
  }
}
