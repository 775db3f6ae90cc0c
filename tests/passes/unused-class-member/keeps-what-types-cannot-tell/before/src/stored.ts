export interface Stored {
  store(): void;
}
