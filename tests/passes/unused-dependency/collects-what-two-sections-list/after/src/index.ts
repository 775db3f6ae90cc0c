import "fruit-bed";
import "fruit-tree";
