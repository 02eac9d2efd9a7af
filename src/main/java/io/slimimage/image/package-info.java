/** The image to build: its name, its configuration and its layers, and what a build made of it. */
package io.slimimage.image;
