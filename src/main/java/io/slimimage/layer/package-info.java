/** The layers of the image: which file goes where, and with which bytes. */
package io.slimimage.layer;
