export function sell(fruits: string[], wait: Promise<number>): void {
  fruits.forEach((fruit) => {
    console.log(fruit);
  });
  fruits.map(() => "sold");
  wait.then(function () {
    console.log("paid");
  }).catch(() => console.log("not paid"));
}
