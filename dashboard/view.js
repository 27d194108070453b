({
  number(value, decimals, { least = decimals, grouped = true } = {}) {
    // As the language of the page writes it: with so many decimals, or with fewer down to `least`.
    return value.toLocaleString(this.lang === "nl" ? "nl-NL" : "en-GB", {
      minimumFractionDigits: least,
      maximumFractionDigits: decimals,
      useGrouping: grouped,
    });
  },
  figure(value, decimals) {
    // A number that may not be available.
    return value === null || value === undefined ? this.texts.not_available : this.number(value, decimals);
  },
  measure(value, { scale, decimals, suffix }) {
    // The same of a measure that says how it is written: with its unit.
    const known = value !== null && value !== undefined;
    return this.figure(known ? value * scale : null, decimals) + (known ? suffix : "");
  },
  fill(sentence, values) {
    // A sentence of the catalogue with its {places} filled in.
    return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
  },
  calm() {
    // Whether this visitor wants no motion.
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  },
  showDialog(name) {
    // Once what it says is in it.
    this.$nextTick(() => {
      if (!this.$refs[name].open) this.$refs[name].showModal();
    });
  },
  backdrop(event) {
    // A click beside what a dialog says closes it.
    if (event.target === event.currentTarget && event.target.open) event.target.close();
  },
  saveFile({ name, type, text, data }) {
    // A file that Python made, as text or as base64, into the visitor's folder of downloads.
    const bytes = () => Uint8Array.from(window.atob(data), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data ? bytes() : text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },
});
