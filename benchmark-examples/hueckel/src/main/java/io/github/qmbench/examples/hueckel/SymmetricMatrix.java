package io.github.qmbench.examples.hueckel;

import java.util.Arrays;

/** The mathematics of the example. */
final class SymmetricMatrix {

    private static final int MOST_SWEEPS = 100;
    private static final double SMALL = 1e-12;

    private SymmetricMatrix() {}

    /** Returns the eigenvalues in ascending order, by Jacobi's rotations; the matrix is used up. */
    static double[] eigenvalues(double[][] a) {
        int n = a.length;
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (Math.abs(a[p][q]) > SMALL) {
                        rotate(a, p, q);
                        rotated = true;
                    }
                }
            }
        }
        double[] values = new double[n];
        Arrays.setAll(values, i -> a[i][i]);
        Arrays.sort(values);
        return values;
    }

    /** Turns rows and columns p and q so that the element between them vanishes. */
    private static void rotate(double[][] a, int p, int q) {
        double angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
        }
    }
}
