function injectable(target: Function): void {
  console.log(target.name);
}

function field(target: object, name: string): void {
  console.log(target, name);
}

@injectable
export class AppleService {}

@injectable export class PearService {
  readonly apples: AppleService = {};
}

export class PlumService {
  @field readonly colour = "blue";
}

export class FigService {
  constructor(@parameter readonly apples: AppleService) {}
}

function parameter(target: object, key: undefined, index: number): void {
  console.log(target, key, index);
}
