/**
 * `local`: there is no other instance. `ready`: subscribed and publishing. `degraded`: the broker is set but away or
 * refusing; everything goes on, others learn from the history.
 */
export type FanoutState = 'local' | 'ready' | 'degraded';

/** Why it is degraded: nobody there, somebody who says no, or somebody who says nothing. */
export type FanoutTrouble = 'away' | 'refused' | 'hanging';

export type Listener = (message: string) => void;

/**
 * Moves hints between instances. May deliver late, twice or not at all; never delivers to the instance that
 * published. Nothing that matters depends on it: the numbered history shows every hole.
 */
export interface Fanout {
  readonly state: FanoutState;
  readonly trouble: FanoutTrouble | null;
  /** Messages that could not be handed over, since the start. */
  readonly lost: number;
  /** Never throws and never waits. */
  publish(channel: string, message: string): void;
  /**
   * One listener a channel. Resolves once messages published from now on will arrive; while the broker is away it
   * resolves at once, and the subscription is made when it is back.
   */
  subscribe(channel: string, listener: Listener): Promise<void>;
  unsubscribe(channel: string): void;
  /** Called each time the broker is (again) there and all subscriptions stand: hints may have been missed before. */
  onReady(listener: () => void): void;
  close(): Promise<void>;
}
