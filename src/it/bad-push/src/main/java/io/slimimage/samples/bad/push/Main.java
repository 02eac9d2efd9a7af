package io.slimimage.samples.bad.push;

final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.out.println("never started");
  }
}
