export function sell(fruits: string[], wait: Promise<number>): void {
  fruits.forEach((fruit, index, all) => {
    console.log(fruit);
  });
  fruits.map((fruit) => "sold");
  wait.then(function (price) {
    console.log("paid");
  }).catch(error => console.log("not paid"));
}
