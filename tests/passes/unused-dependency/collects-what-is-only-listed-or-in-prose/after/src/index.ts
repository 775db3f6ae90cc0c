import "fruit-bed";
