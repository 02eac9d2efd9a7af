package io.slimimage.samples.bad.mainclasses;

final class First {

  private First() {}

  public static void main(String[] args) {
    System.out.println("never started");
  }
}
