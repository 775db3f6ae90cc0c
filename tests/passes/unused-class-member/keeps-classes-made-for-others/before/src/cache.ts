export class Cache {
  readBack(key: string): string {
    return key;
  }

  writeThrough(key: string): void {
    console.log(key);
  }
}
