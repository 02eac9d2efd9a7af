package io.slimimage.samples.bad.compileerror;

final class Main {

  private Main() {}

  public static void main(String[] args) {
    undefinedVariable.toString();
  }
}
