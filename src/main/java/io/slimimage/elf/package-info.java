/** Linux executables and shared libraries: what they need, and what they can do without. */
package io.slimimage.elf;
