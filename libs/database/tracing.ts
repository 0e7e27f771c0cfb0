/** Something whose way is recorded. What it is made of, only the recorder knows. */
export interface Traced {
  /** Its name in W3C's form, for whoever goes on elsewhere. */
  readonly traceparent: string;
  /** Tells the workspace it is about, once it is certain that it is one and may be known of. */
  note(workspaceId: string): void;
}

/** A part of the way that has begun. */
export interface Step extends Traced {
  end(failed?: boolean): void;
}

/** Records the ways of sampled commands. While there is none, nothing is made for it and nothing carried along. */
export interface CommitTracing {
  /** The recorded command, or the step of it, that the calling code works for. */
  current(): Traced | undefined;
  /** Does a part of the work of the command at hand. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Begins the commit of `size` commands, of which these are recorded: at least one. */
  commit(commands: readonly Traced[], size: number): Step;
}
