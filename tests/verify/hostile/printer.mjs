const line = "plum ".repeat(20000) + "\n";
const more = () => {
  while (process.stdout.write(line));
  process.stdout.once("drain", more);
};
more();
