/** What is packaged: the application, its main class and its dependencies. */
package io.slimimage.application;
