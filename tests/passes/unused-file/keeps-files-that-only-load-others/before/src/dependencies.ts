// What the settings outside of the bundle load.
import "rake";
