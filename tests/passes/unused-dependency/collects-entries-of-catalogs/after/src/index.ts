import "fruit-tree";
