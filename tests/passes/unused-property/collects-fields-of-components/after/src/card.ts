import { Component } from "framework";

@Component({ templateUrl: "./card.html" })
export class Card {
  public title = "apple";
}
