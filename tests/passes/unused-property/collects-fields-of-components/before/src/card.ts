import { Component, isAfter } from "framework";

@Component({ templateUrl: "./card.html" })
export class Card {
  public title = "apple";
  public isAfter = isAfter;
}
