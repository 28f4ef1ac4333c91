// The core of Cicatrix in a page, a worker or Node: courses and members of sweeps, by the compiled C++ in core.cpp.
"use strict";

const Cicatrix = (() => {
  const text = new TextDecoder();
  const bytes = new TextEncoder();

  /** A scenario that the core refuses, or a run that it cannot make. */
  class Problem extends Error {
    constructor(message) {
      super(message);
      this.name = "Problem";
      this.problems = message.split("\n");
    }
  }

  /** What WASI asks of its host. The core reads no file, and writes only when it fails. */
  const wasi = {
    environ_get: () => 0,
    environ_sizes_get: () => 0,
    fd_close: () => 0,
    fd_seek: () => 0,
    fd_write: () => 8,
    proc_exit(code) {
      throw new Problem(`the core stopped with code ${code}`);
    },
  };

  class Core {
    constructor(module) {
      this.module = module;
      this.made = null;
    }

    /** The compiled core; a new one after a refusal or a fault, which leave the old one half-way. */
    get instance() {
      if (this.made) return this.made;
      let made = null;
      const page = {
        refuse: (at, size) => {
          throw new Problem(text.decode(new Uint8Array(made.memory.buffer, at, size)));
        },
        shortest: (value, at) => bytes.encodeInto(String(value), new Uint8Array(made.memory.buffer, at, 32)).written,
      };
      made = new WebAssembly.Instance(this.module, { page, wasi_snapshot_preview1: wasi }).exports;
      made._initialize();
      this.made = made;
      return this.made;
    }

    get answer() {
      const { memory, text: at, text_size: size } = this.instance;
      return text.decode(new Uint8Array(memory.buffer, at(), size()));
    }

    /** What the core does when it is asked; after a fault there is no instance, whatever the fault was. */
    call(name, ...values) {
      const { instance } = this;
      this.made = null;
      const result = instance[name](...values);
      this.made = instance;
      return result;
    }

    /** {version, states, readouts, parameters}: arrays of {name, unit, meaning}, of parameters also {value, grade}. */
    tables() {
      this.call("tables");
      return JSON.parse(this.answer);
    }

    /**
     * A course: the text of a scenario, names of states and read-outs, and days (rising, within its duration).
     * Gives {sessions: [{day, density (1/mm2), depth (mm)}], status, treated: {name: Float64Array}, untreated: ...}.
     */
    course(toml, names, days) {
      this.ask(toml, names, days);
      const sessions = JSON.parse(this.answer || "[]");
      const members = this.run(names, days.length, 0, 1);
      return { sessions, status: members.status[0], treated: members.treated, untreated: members.untreated };
    }

    /**
     * Members `first` to `first + count` of a text with [sweep]: {count, status: Int32Array, treated: {name:
     * Float64Array}, untreated: ...}, one member after another; a status other than 0 means NaN. A member that no
     * scenario allows ends the call with a Problem: there is no way back from what is thrown inside the core.
     */
    members(toml, names, days, first, count) {
      this.ask(toml, names, days);
      return this.run(names, days.length, first, count);
    }

    ask(toml, names, days) {
      const scenario = bytes.encode(toml);
      const named = bytes.encode(names.join("\n"));
      const numbers = new Uint8Array(Float64Array.from(days).buffer);
      const at = this.call("room", numbers.length + scenario.length + named.length);
      const room = new Uint8Array(this.instance.memory.buffer, at);
      room.set(numbers);
      room.set(scenario, numbers.length);
      room.set(named, numbers.length + scenario.length);
      this.call("ask", days.length, scenario.length);
    }

    run(names, days, first, count) {
      this.call("run", first, count);
      const { memory, numbers, status } = this.instance;
      const all = new Float64Array(memory.buffer, numbers(), count * names.length * 2 * days);
      const out = { count, status: new Int32Array(memory.buffer, status(), count).slice(), treated: {}, untreated: {} };
      names.forEach((name, i) => {
        for (const [whose, place] of [["treated", 2 * i], ["untreated", 2 * i + 1]]) {
          const series = new Float64Array(count * days);
          for (let member = 0; member < count; ++member) {
            const from = (member * names.length * 2 + place) * days;
            series.set(all.subarray(from, from + days), member * days);
          }
          out[whose][name] = series;
        }
      });
      return out;
    }
  }

  /** A core from the bytes of cicatrix.wasm, or from the module of another core. */
  async function load(source) {
    return new Core(source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source));
  }

  return { load, Problem };
})();
if (typeof module !== "undefined") module.exports = Cicatrix;
