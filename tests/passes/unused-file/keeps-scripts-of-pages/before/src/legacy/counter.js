var apples = 0;

function countApples() {
  apples += 1;
}
