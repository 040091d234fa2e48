package io.github.qmbench.nmr;

import java.util.Optional;

/** The chemical elements, in the order of their atomic numbers; a constant's name is the element's symbol. */
public enum Element {
    H,
    He,
    Li,
    Be,
    B,
    C,
    N,
    O,
    F,
    Ne,
    Na,
    Mg,
    Al,
    Si,
    P,
    S,
    Cl,
    Ar,
    K,
    Ca,
    Sc,
    Ti,
    V,
    Cr,
    Mn,
    Fe,
    Co,
    Ni,
    Cu,
    Zn,
    Ga,
    Ge,
    As,
    Se,
    Br,
    Kr,
    Rb,
    Sr,
    Y,
    Zr,
    Nb,
    Mo,
    Tc,
    Ru,
    Rh,
    Pd,
    Ag,
    Cd,
    In,
    Sn,
    Sb,
    Te,
    I,
    Xe,
    Cs,
    Ba,
    La,
    Ce,
    Pr,
    Nd,
    Pm,
    Sm,
    Eu,
    Gd,
    Tb,
    Dy,
    Ho,
    Er,
    Tm,
    Yb,
    Lu,
    Hf,
    Ta,
    W,
    Re,
    Os,
    Ir,
    Pt,
    Au,
    Hg,
    Tl,
    Pb,
    Bi,
    Po,
    At,
    Rn,
    Fr,
    Ra,
    Ac,
    Th,
    Pa,
    U,
    Np,
    Pu,
    Am,
    Cm,
    Bk,
    Cf,
    Es,
    Fm,
    Md,
    No,
    Lr,
    Rf,
    Db,
    Sg,
    Bh,
    Hs,
    Mt,
    Ds,
    Rg,
    Cn,
    Nh,
    Fl,
    Mc,
    Lv,
    Ts,
    Og;

    private static final Element[] ALL = values();

    /** The number of protons, from 1. */
    public int atomicNumber() {
        return ordinal() + 1;
    }

    /** The symbol as chemists write it: {@code Cl}. */
    public String symbol() {
        return name();
    }

    /** Returns the element of a symbol, in any spelling of case: {@code cl}, {@code CL}. */
    public static Optional<Element> ofSymbol(String symbol) {
        for (Element element : ALL) {
            if (element.name().equalsIgnoreCase(symbol.trim())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** Returns the element with this atomic number. */
    public static Optional<Element> ofAtomicNumber(int number) {
        return number >= 1 && number <= ALL.length ? Optional.of(ALL[number - 1]) : Optional.empty();
    }
}
