/** What the integration tests' scripts under {@code src/it} check built images and builds with. */
package io.slimimage.it;
