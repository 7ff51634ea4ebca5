/** Two versions of something. */
export interface BeforeAfter<T> {
  before: T;
  after: T;
}
